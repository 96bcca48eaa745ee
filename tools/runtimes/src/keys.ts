/** Keys that are easy to find where they must not be. */
export const KEYS = { apiKey: "runtimes-api-key-41d0c7", userId: "runtimes-user-id-9e2b5f" } as const;
