import type { CreatedTemplate, PackageTemplate } from "../wire.ts";

/** A template as `createPackageTemplate` returns it, and `createPackage` within a package. */
export function toCreatedTemplate(template: PackageTemplate): CreatedTemplate {
  return {
    id: template.id,
    name: template.name,
    voice_usage_allowance: template.voice_usage_allowance ?? 0,
    data_usage_allowance: template.data_usage_allowance,
    sms_usage_allowance: template.sms_usage_allowance ?? 0,
    time_allowance: template.time_allowance,
    activation_time_allowance: template.activation_time_allowance ?? 0,
  };
}
