/** Where the ledger keeps what *Watch Plan Limits* remembers, beside its health models; no model is called so. */
export const LIMITS_MODEL = 'dcs/plan-limits';
