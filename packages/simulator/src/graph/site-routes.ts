import { wholeSeconds } from '../lists/timestamp.ts';
import type { Site } from '../state/model.ts';
import { reply } from './call.ts';
import type { Route } from './call.ts';
import { locateSite } from './locate.ts';
import { isRefusal } from './refusal.ts';

export const siteRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/sites/:site',
    cost: 1,
    run: (simulator, call, params) => {
      const site = locateSite(simulator, call, params);
      if (isRefusal(site)) return site;
      return reply(200, { '@odata.context': `${call.base}/$metadata#sites/$entity`, ...siteBody(site) });
    },
  },
];

export function siteBody(site: Site): object {
  return {
    id: site.id,
    displayName: site.displayName,
    name: site.path.split('/').at(-1) ?? '',
    createdDateTime: wholeSeconds(site.createdAt),
    lastModifiedDateTime: wholeSeconds(site.createdAt),
    webUrl: `https://${site.host}${site.path}`,
  };
}
