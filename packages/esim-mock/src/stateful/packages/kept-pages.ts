import { keepJson } from "../../http/json-text.ts";

const MAX_PAGES = 100;

/** Bounds the memory for pages that may never be requested again. */
const MAX_ROWS = 100;

/** Caches answered pages until something is written, so that a list that is polled is built once. */
export class KeptPages {
  readonly #pages = new Map<string, object>();
  #version = "";

  /**
   * The cached page, or a new one.
   *
   * @param version the version of the database that the page is read from
   * @param key everything else that the page depends on
   */
  get<Page extends { readonly count: number }>(version: string, key: string, make: () => Page): Page {
    if (version !== this.#version) this.#pages.clear();
    this.#version = version;
    const kept = this.#pages.get(key);
    if (kept) return kept as Page;
    const page = make();
    if (page.count > MAX_ROWS) return page;
    const [oldest] = this.#pages.keys();
    if (this.#pages.size >= MAX_PAGES && oldest !== undefined) this.#pages.delete(oldest);
    keepJson(page);
    this.#pages.set(key, page);
    return page;
  }
}
