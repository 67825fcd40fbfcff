/** People who edit the list in the browser, through the control API of the simulator. */
export interface SharePointUser {
  create(fields: object): Promise<number>;
  edit(item: number, fields: object): Promise<void>;
  remove(item: number): Promise<void>;
  restore(item: number): Promise<void>;
}

const PATIENCE_MS = 5_000;

/** One call of the control API; rejects when it is not answered well. */
export async function control(url: string, method: string, path: string, content?: object): Promise<unknown> {
  const answer = await fetch(`${url}/__sim${path}`, {
    method,
    signal: AbortSignal.timeout(PATIENCE_MS),
    ...(content === undefined
      ? {}
      : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(content) }),
  });
  const body: unknown = await answer.json().catch(() => null);
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(body)}`);
  return body;
}

export function sharePointUser(url: string, listId: string): SharePointUser {
  const items = `/lists/${listId}/items`;
  const body = (fields: object = {}): object => ({ user: 'Robin Field', fields });
  return {
    create: async (fields) =>
      Number(((await control(url, 'POST', items, body(fields))) as { id: string }).id),
    edit: async (item, fields) => {
      await control(url, 'PATCH', `${items}/${item}`, body(fields));
    },
    remove: async (item) => {
      await control(url, 'DELETE', `${items}/${item}`, body());
    },
    restore: async (item) => {
      await control(url, 'POST', `${items}/${item}/restore`, body());
    },
  };
}

interface Tree {
  readonly tenants: readonly {
    readonly sites: readonly {
      readonly path: string;
      readonly lists: readonly { readonly id: string; readonly name: string }[];
    }[];
  }[];
}

/** The id of a list by its site's path and its title; undefined while there is none. */
export async function listIdOf(url: string, path: string, title: string): Promise<string | undefined> {
  const { tenants } = (await control(url, 'GET', '/tree')) as Tree;
  const sites = tenants.flatMap(({ sites }) => sites).filter((site) => site.path === path);
  return sites.flatMap(({ lists }) => lists).find(({ name }) => name === title)?.id;
}
