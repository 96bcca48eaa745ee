/** The environment variables that are set to a key. */
export function keysOfEnvironment(env: NodeJS.ProcessEnv): string[] {
  return ["ESIM_USER_ID", "ESIM_API_KEY"].filter((name) => env[name]);
}
