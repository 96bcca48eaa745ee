/** Keys that are easy to find where they must not be. */
export const KEYS = { apiKey: "secret-api-key-7f3a9c", userId: "secret-user-id-2b8d4e" } as const;
