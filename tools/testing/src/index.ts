export { CERTIFICATE } from "./certificate.ts";
export {
  type ConformanceCase,
  type ConformanceException,
  conformanceCases,
  conformanceExceptions,
  startConformanceServer,
  type Wire,
} from "./conformance-server.ts";
export { type ContractCase, contractCases, readContract } from "./contract-cases.ts";
export { type ContractServer, contractServers } from "./contract-servers.ts";
export {
  FAULT_KEYS,
  type FaultCase,
  faultCases,
  faultExceptions,
  spellingsOf,
} from "./fault-cases.ts";
export { startFaultServer } from "./fault-server.ts";
export {
  type HostileServer,
  type Misbehaviour,
  type SeenRequest,
  startHostileServer,
} from "./hostile-server.ts";
export { KEYS } from "./keys.ts";
export { type ListCase, type ListFields, listCases, PACKAGES, startListServer } from "./list-server.ts";
export { type Listening, listen } from "./listen.ts";
export type { Drift, OddPackage } from "./odd-row.ts";
export { ODD_REQUEST, type OddPurchase, type OddService, oddService } from "./odd-service.ts";
export { calmTraits, type OddTraits, oddTraits, sampleOddTraits } from "./odd-traits.ts";
export { oddNumber, oddText, oddValue } from "./odd-values.ts";
export { brokenPromises, type Ending, type OncePlay, PROMISES } from "./once-promises.ts";
export { type OnceCase, onceCases, onceRequest, startOnceServer } from "./once-server.ts";
export { type PreferringProxy, startPreferringProxy } from "./preferring-proxy.ts";
export { printed } from "./printed.ts";
