import { startStack } from '@sync/stack';
import { topics } from '@sync/core';
import { openClient } from '@sync/runtime';
import { prepareWorkspaces } from '../test/support/busy-workspaces.ts';
const s = await startStack({ repoRoot: '/work/main', dataDir: '/work/main/build/zz-stack' });
await prepareWorkspaces(s.env);
Object.assign(process.env, s.env);
const { openCrm } = await import('../test/support/crm.ts');
const { OLD } = await import('../test/support/workspaces.ts');
const { editItem, itemOf } = await import('../test/support/sharepoint.ts');
const crm = openCrm();
for (let n = 0; n < 3; n++) {
const id = await crm.create(OLD, 'company', { name: 'Sedge x' + n, linkedinLinkPrimaryLinkUrl: 'https://sedge.example' });
let item; while (!(item = await itemOf(OLD, 'company', id))) await new Promise(r => setTimeout(r, 50));
await Promise.all([crm.update(OLD, 'company', id, { linkedinLinkPrimaryLinkUrl: 'https://sedge.example/a' }), editItem(OLD, 'company', item.id, { LinkedInUrl: 'https://sedge.example/b' })]);
await new Promise(r => setTimeout(r, 6000));
const c = await openClient({ brokers: s.env.SYNC_KAFKA_BROKERS.split(','), registryUrl: s.env.SYNC_REGISTRY_URL });
const pick = (v: any) => v && v.twenty ? { t: v.twenty.linkedinLink, s: v.sharepoint.linkedinLink, a: v.agreed.linkedinLink, os: v.outSharepoint?.wishes.linkedinLink, ot: v.outTwenty?.wishes.linkedinLink, r: v.review, p: v.parked } : v;
for (const t of [topics.records, topics.writes.p0, topics.sharepointResults, topics.twentyWrites, topics.twentyResults, topics.conflicts]) {
  for (const r of await c.readAll(t as any)) if (r.key.includes(id)) console.log(t.name, JSON.stringify(pick(r.value), (k, v) => typeof v === 'bigint' ? String(v) : v).slice(0, 700));
}
console.log('row', (await crm.row(OLD, 'company', id))?.linkedinLinkPrimaryLinkUrl, 'item', (await itemOf(OLD, 'company', id))?.fields.LinkedInUrl);
await c.close(); }
await crm.close(); await s.stop(); process.exit(0);
