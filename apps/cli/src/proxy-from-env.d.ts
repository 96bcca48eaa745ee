declare module "proxy-from-env" {
  /** The proxy that the environment sets for a URL, or an empty string. */
  export function getProxyForUrl(url: URL): string;
}
