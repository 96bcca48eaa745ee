/** Why a file cannot be read, and how to fix that. */
export function whyUnreadable({ code, message }: FileError): string {
  const reasons: Record<string, string> = {
    ENOENT: "there is no such file; check the path",
    EACCES: "permission denied; make it readable",
    EISDIR: "it is a directory; name a file in it",
  };
  return reasons[code ?? ""] ?? message.replace(/\s+/g, " ");
}

interface FileError {
  readonly message: string;
  readonly code?: string | undefined;
}
