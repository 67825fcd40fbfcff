/**
 * What a request costs in resource units. Source: Microsoft, "Avoid getting throttled or blocked in SharePoint
 * Online", table of 2025-10. Members of a batch are charged one by one; throttled requests are charged too.
 */
export const COST = {
  readItem: 1,
  /** Per page. */
  deltaWithToken: 1,
  /** Per page. */
  deltaWithoutToken: 2,
  /** Per page; also a read of a site, of lists and of columns. */
  query: 2,
  /** Create, update and delete. */
  write: 2,
  permission: 5,
} as const;

/** The dearest single request. */
export const DEAREST = Math.max(...Object.values(COST));

/** Resource units per application and tenant, by licences of the tenant. Same source. */
export const TIERS = [
  { licences: 1_000, unitsPerMinute: 1_250, unitsPerDay: 1_200_000 },
  { licences: 5_000, unitsPerMinute: 2_500, unitsPerDay: 2_400_000 },
  { licences: 15_000, unitsPerMinute: 3_750, unitsPerDay: 3_600_000 },
  { licences: 50_000, unitsPerMinute: 5_000, unitsPerDay: 4_800_000 },
  { licences: Infinity, unitsPerMinute: 6_250, unitsPerDay: 6_000_000 },
] as const;
