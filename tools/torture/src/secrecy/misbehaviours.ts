import { contractCases, type Misbehaviour } from "@betatelltd/esim-testing";

const undocumented = [403, 408, 418, 429, 502, 503, 504];
const documented = contractCases().map(({ status }) => status);
const failures = [...new Set([...documented.filter((status) => status >= 400), ...undocumented])];

/** A server's view of the keys that it was sent. */
const quoted: (request: Parameters<Misbehaviour>[1]) => string = ({ headers }) =>
  `${headers["x-user-id"]} ${headers["x-api-key"]}`;

const plain = (status: number): Misbehaviour => {
  return (response) =>
    response.writeHead(status, { "content-type": "application/json" }).end('{"message":"because"}');
};
const echo = (status: number): Misbehaviour => {
  return (response, request) => {
    const said = quoted(request);
    const headers = { "content-type": "application/json", "x-request-id": said, "www-authenticate": said };
    const body = { message: `not with ${said}`, request: request.headers };
    response.writeHead(status, headers).end(JSON.stringify(body));
  };
};

/** Everything that a server may do that makes a call fail. Those that quote the keys do so wherever an answer has room for it. */
export function misbehaviours(elsewhere: string): Readonly<Record<string, Misbehaviour>> {
  return {
    ...Object.fromEntries(failures.map((status) => [`${status}`, plain(status)])),
    ...Object.fromEntries(failures.map((status) => [`${status} that quotes the keys`, echo(status)])),
    "a page that quotes the keys": (response, request) =>
      response.writeHead(500, { "content-type": "text/html" }).end(`<p>${quoted(request)}`),
    "a success that is a page": (response) => response.writeHead(200).end("<p>"),
    "a success that is cut": (response) => response.writeHead(200).end('{"packages":['),
    "a success that is empty": (response) => response.writeHead(200).end(),
    "a redirect to another server": (response, { url }) =>
      response.writeHead(302, { location: `${elsewhere}${url}` }).end(),
    "a redirect that keeps the method": (response, { url }) =>
      response.writeHead(307, { location: `${elsewhere}${url}` }).end(),
    "a redirect that quotes the keys": (response, request) =>
      response.writeHead(302, { location: `${elsewhere}/?keys=${quoted(request)}` }).end(quoted(request)),
    "a reason that quotes the keys": (response, request) =>
      response.socket?.end(`HTTP/1.1 401 not with ${quoted(request)}\r\ncontent-length: 2\r\n\r\n{}`),
    "a success that quotes the keys": (response, request) =>
      response.writeHead(201, { "x-request-id": quoted(request) }).end(`<p>${quoted(request)}`),
    "a reset": (response) => response.socket?.resetAndDestroy(),
    "half an answer": (response, request) => {
      response.writeHead(500, { "content-length": 1_000 });
      response.write(quoted(request), () => response.socket?.resetAndDestroy());
    },
    "no answer": () => {},
    "no HTTP": (response, request) => response.socket?.end(`${quoted(request)}\r\n\r\n`),
  };
}
