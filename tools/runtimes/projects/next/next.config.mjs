// One worker for a handful of pages, and a short time-out.
export default { experimental: { cpus: 1 }, staticPageGenerationTimeout: 20 };
