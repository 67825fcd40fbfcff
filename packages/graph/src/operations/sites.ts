import { idIn, objectOf, textIn } from '../answers/json.ts';
import { COST } from '../budget/costs.ts';
import type { GraphClient, GraphReply, Urgency } from '../port.ts';
import { segment } from './paths.ts';
import { expectOk } from './refused.ts';

/** A site as far as we need it. */
export interface GraphSite {
  /** `{host},{guid},{guid}` */
  readonly id: string;
  readonly displayName: string;
  readonly webUrl: string;
}

/** The site at a server-relative path (`/sites/crm`; `/` is the root site), or null. */
export async function siteByPath(
  client: GraphClient,
  host: string,
  path: string,
  urgency: Urgency = 1,
): Promise<GraphSite | null> {
  const names = path.split('/').filter((name) => name !== '');
  const where = names.length === 0 ? '' : `:/${names.map(segment).join('/')}`;
  const reply = await client.send(
    { method: 'GET', path: `/sites/${segment(host)}${where}`, units: COST.query },
    urgency,
  );
  return reply.status === 404 ? null : parseSite(expectOk(reply, `find the site ${path}`));
}

function parseSite({ body }: GraphReply): GraphSite {
  const site = objectOf(body);
  return { id: idIn(site), displayName: textIn(site, 'displayName'), webUrl: textIn(site, 'webUrl') };
}
