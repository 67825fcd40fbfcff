import { Fifo } from './fifo.ts';

describe('Fifo', () => {
  it('gives back in order, over many items', () => {
    const fifo = new Fifo<number>();
    const given: (number | undefined)[] = [];
    for (let n = 0; n < 5_000; n++) {
      fifo.push(n);
      if (n % 2 === 1) given.push(fifo.shift());
    }
    for (let item = fifo.shift(); item !== undefined; item = fifo.shift()) given.push(item);
    expect(given).toEqual(Array.from({ length: 5_000 }, (_, n) => n));
  });
});
