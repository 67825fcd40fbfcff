import { type SeenChange, type ViewModel, withChange } from './model.ts';
import { latency, render } from './render.ts';

/** Where changes and lag are told to. */
export interface LiveView {
  readonly recordChange: (change: SeenChange) => void;
  /** Records that wait in all consumer groups together. */
  readonly setLag: (records: number) => void;
  readonly setParts: (parts: ViewModel['parts']) => void;
  /** Puts the terminal back as it was. May be called twice. */
  readonly close: () => void;
}

const REDRAW_MS = 200;
const ENTER = '\u001b[?1049h\u001b[?25l';
const LEAVE = '\u001b[?25h\u001b[?1049l';
const HOME = '\u001b[H';
const CLEAR_LINE = '\u001b[K';
const CLEAR_BELOW = '\u001b[J';

/** A view that redraws itself on the terminal's second screen, at most five times a second. */
export function terminalView(out: NodeJS.WriteStream, links: ViewModel['links']): LiveView {
  let model: ViewModel = { links, parts: [], changes: [], lag: undefined };
  let timer: NodeJS.Timeout | undefined;
  let open = true;
  const draw = () => {
    timer = undefined;
    if (!open) return;
    const lines = render(model, { columns: out.columns, rows: out.rows });
    out.write(HOME + lines.map((line) => line + CLEAR_LINE).join('\r\n') + CLEAR_BELOW);
  };
  const change = (next: ViewModel) => {
    model = next;
    timer ??= setTimeout(draw, REDRAW_MS);
  };
  const close = () => {
    if (!open) return;
    open = false;
    clearTimeout(timer);
    out.off('resize', draw);
    process.off('exit', close);
    out.write(LEAVE);
  };
  out.write(ENTER);
  out.on('resize', draw);
  process.on('exit', close);
  draw();
  return {
    recordChange: (seen) => change(withChange(model, seen)),
    setLag: (lag) => change({ ...model, lag }),
    setParts: (parts) => change({ ...model, parts }),
    close,
  };
}

/** The same news as plain lines, for a log or a pipe; lag is told when it starts, ends, or has doubled or halved. */
export function plainView(write: (line: string) => void): LiveView {
  let told: number | undefined;
  return {
    recordChange: (seen) =>
      write(`${seen.direction}  ${seen.object}  ${seen.key}  ${latency(seen.latencyMs)}`),
    setLag: (lag) => {
      if (!worthTelling(told, lag)) return;
      told = lag;
      write(`lag: ${lag} waiting`);
    },
    setParts: () => undefined,
    close: () => undefined,
  };
}

/** Whether a lag differs enough from the one told last. */
export function worthTelling(told: number | undefined, lag: number): boolean {
  if (told === undefined) return lag > 0;
  if (told === 0 || lag === 0) return told !== lag;
  return lag >= told * 2 || lag <= told / 2;
}
