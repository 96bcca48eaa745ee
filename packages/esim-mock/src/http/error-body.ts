/** The contract's `Error` schema, which every error of the mock's own wears. */
export interface ErrorBody {
  message: string;
  statusCode: number;
}

export function errorBody(statusCode: number, message: string): ErrorBody {
  return { message, statusCode };
}
