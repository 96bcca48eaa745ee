// One worker for a handful of pages, and little patience.
export default { experimental: { cpus: 1 }, staticPageGenerationTimeout: 20 };
