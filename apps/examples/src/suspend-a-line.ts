// Suspend a line and resume it. While it is suspended the SIM cannot use the network; its packages do not change.
import { type ModifyPCRProfileRequest, PCRProfileApi } from "@betatelltd/esim-sdk";

const api = new PCRProfileApi();
const iccid = process.argv[2] ?? "8910300000045681955";

await show("before");
await api.modifyPCRProfile(iccid, allServices("DISABLED"));
await show("suspended");
await api.modifyPCRProfile(iccid, allServices("ENABLED"));
await show("resumed");

function allServices(state: "ENABLED" | "DISABLED"): ModifyPCRProfileRequest {
  return { data: { state }, voice: { state }, sms: { state } };
}

async function show(when: string): Promise<void> {
  const { data } = await api.getPCRProfile(iccid);
  console.log(
    `${when}: data ${data.data.state} at ${data.data.active_throttling}, voice ${data.voice.state}`,
  );
}
