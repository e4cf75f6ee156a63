/** What is measured against sizes; in bytes and in percent. */
export interface SizeLimits {
  readonly fileLimit: number;
  readonly fileWarnPercent: number;
  readonly fileCriticalPercent: number;
  readonly quota: number;
  readonly quotaWarnPercent: number;
  readonly quotaCriticalPercent: number;
  readonly quotaFailPercent: number;
}
