export {
  type ConformanceCase,
  type ConformanceException,
  conformanceCases,
  conformanceExceptions,
  startConformanceServer,
  type Wire,
} from "./conformance-server.ts";
export { type ContractCase, contractCases, type OperationId, readContract } from "./contract-cases.ts";
export { type ContractServer, contractServers } from "./contract-servers.ts";
export {
  type HostileServer,
  type Misbehaviour,
  type SeenRequest,
  startHostileServer,
} from "./hostile-server.ts";
export { KEYS } from "./keys.ts";
export { oddNumber, oddText, oddValue } from "./odd-values.ts";
export { type PreferringProxy, startPreferringProxy } from "./preferring-proxy.ts";
export { printed } from "./printed.ts";
