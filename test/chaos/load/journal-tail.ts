/** Follows the simulator's journal, also across its restarts, when it is rewritten in its shortest form. */
import { closeSync, existsSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { ItemFact } from '../history/sharepoint-history.ts';

type Line = readonly { readonly t: string; readonly listId?: string; readonly item?: ItemFact }[];

interface OpenFile {
  readonly fd: number;
  readonly inode: number;
  offset: number;
  rest: string;
}

export class JournalTail {
  readonly facts: ItemFact[] = [];
  /** The newest version of every item. */
  readonly items = new Map<number, ItemFact>();
  readonly #file: string;
  readonly #listId: () => string | undefined;
  #open: OpenFile | null = null;
  #seq = 0;

  constructor(file: string, listId: () => string | undefined) {
    this.#file = file;
    this.#listId = listId;
  }

  /** Reads what was added; to be called often enough that no more than one restart lies between two calls. */
  read(): void {
    if (this.#open !== null) this.#readOpen(this.#open);
    if (!existsSync(this.#file) || statSync(this.#file).ino === this.#open?.inode) return;
    // The old file was read to its end, though its name is gone.
    if (this.#open !== null) closeSync(this.#open.fd);
    const fd = openSync(this.#file, 'r');
    this.#open = { fd, inode: fstatSync(fd).ino, offset: 0, rest: '' };
    this.#readOpen(this.#open);
  }

  get seq(): number {
    return this.#seq;
  }

  #readOpen(open: OpenFile): void {
    const buffer = Buffer.alloc(1 << 18);
    for (;;) {
      const count = readSync(open.fd, buffer, 0, buffer.length, open.offset);
      if (count === 0) return;
      open.offset += count;
      const lines = (open.rest + buffer.toString('latin1', 0, count)).split('\n');
      open.rest = lines.pop() ?? '';
      const added = lines.flatMap((line) => this.#itemsIn(Buffer.from(line, 'latin1').toString('utf8')));
      for (const item of added.sort((a, b) => a.seq - b.seq)) this.#take(item);
    }
  }

  #itemsIn(line: string): ItemFact[] {
    const facts = JSON.parse(line) as Line;
    return facts.flatMap(({ t, listId, item }) =>
      t === 'item' && listId === this.#listId() && item ? [item] : [],
    );
  }

  /** A rewritten journal begins with what is known already. */
  #take(item: ItemFact): void {
    if (item.seq <= this.#seq) return;
    this.#seq = item.seq;
    this.facts.push(item);
    this.items.set(item.id, item);
  }
}
