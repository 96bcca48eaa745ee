/** The contract's `Error` schema, used for all of the mock's own errors. */
export interface ErrorBody {
  message: string;
  statusCode: number;
}

export function errorBody(statusCode: number, message: string): ErrorBody {
  return { message, statusCode };
}
