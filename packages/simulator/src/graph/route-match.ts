import type { Params, Route } from './call.ts';

export interface RouteMatch {
  readonly route: Route;
  readonly params: Params;
}

/** Finds the route of a request; `wrong-method` when only the method is unknown to the path. */
export function matchRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): RouteMatch | 'wrong-method' | 'unknown' | 'malformed' {
  const segments = decodeSegments(path);
  if (segments === null) return 'malformed';
  let pathKnown = false;
  for (const route of routes) {
    const params = matchSegments(route.path.split('/'), segments);
    if (params === null) continue;
    if (route.method === method) return { route, params };
    pathKnown = true;
  }
  return pathKnown ? 'wrong-method' : 'unknown';
}

function decodeSegments(path: string): string[] | null {
  try {
    return path.replace(/\/$/, '').split('/').map(decodeURIComponent);
  } catch {
    return null;
  }
}

function matchSegments(template: readonly string[], segments: readonly string[]): Params | null {
  if (template.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [at, part] of template.entries()) {
    const segment = segments[at] ?? '';
    if (part.startsWith(':') && segment !== '') params[part.slice(1)] = segment;
    else if (part !== segment) return null;
  }
  return params;
}
