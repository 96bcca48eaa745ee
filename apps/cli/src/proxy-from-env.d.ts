declare module "proxy-from-env" {
  /** The proxy that the environment names for a URL, or an empty text. */
  export function getProxyForUrl(url: URL): string;
}
