import webpack from "webpack";

webpack(
  {
    mode: "production",
    target: "web",
    entry: "./entry.mjs",
    output: { path: process.cwd(), filename: "webpack.js" },
  },
  (error, stats) => {
    const { warnings = [], errors = [] } = stats?.toJson({ all: false, warnings: true, errors: true }) ?? {};
    for (const { message } of [...errors, ...warnings]) console.log(message);
    if (error) console.log(error);
    process.exitCode = error || errors.length + warnings.length > 0 ? 1 : 0;
  },
);
