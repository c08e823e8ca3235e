import { Fragment, type FunctionComponent, h, type VNode } from "preact";
import type { Context } from "./context.ts";
import type { AsyncComponent, PageProps, RouteComponent } from "./define.ts";

/** A value, or a promise of one: rendering is synchronous unless a component is not. */
export type Eventually<T> = T | Promise<T>;

/** Goes on with a value: at once when it is there, else when it comes. */
export function andThen<T, R>(value: Eventually<T>, next: (value: T) => Eventually<R>) {
  return value instanceof Promise ? value.then(next) : next(value);
}

/** Puts a page, or what will be one, into an app wrapper. */
export type Wrap = (child: VNode) => VNode;

const AsyncFunction = (async () => {}).constructor;
const NOTHING: FunctionComponent = () => null;

const isAsync = <State>(
  component: RouteComponent<State>,
): component is AsyncComponent<PageProps<unknown, State>> => component instanceof AsyncFunction;

function pageProps<State>(
  ctx: Context<State>,
  data: unknown,
  Component: FunctionComponent,
): PageProps<unknown, State> {
  return {
    Component,
    config: ctx.config,
    data,
    error: ctx.error,
    info: ctx.info,
    isPartial: ctx.isPartial,
    params: ctx.params,
    req: ctx.req,
    route: ctx.route,
    state: ctx.state,
    url: ctx.url,
  };
}

/** The element for a route's component, or the response that it answers with instead. */
export function componentElement<State>(
  ctx: Context<State>,
  component: RouteComponent<State>,
  data: unknown,
  Component: FunctionComponent = NOTHING,
): Eventually<VNode | Response> {
  const props = pageProps(ctx, data, Component);
  return isAsync(component)
    ? component(props).then((result) => result ?? h(Fragment, null))
    : h(component, props) as VNode;
}

/** A page inside its layouts, which go from the outermost in. */
export function wrapInLayouts<State>(
  ctx: Context<State>,
  page: VNode,
  layouts: readonly RouteComponent<State>[],
): Eventually<VNode | Response> {
  const innermost = layouts.at(-1);
  if (innermost === undefined) return page;
  return andThen(
    componentElement(ctx, innermost, null, () => page),
    (element) =>
      element instanceof Response ? element : wrapInLayouts(ctx, element, layouts.slice(0, -1)),
  );
}

/** The function that puts a page into the app wrapper, or the response that the wrapper answers with. */
export function appWrapper<State>(
  ctx: Context<State>,
  app: RouteComponent<State>,
): Eventually<Wrap | Response> {
  let page: VNode | null = null;
  return andThen(
    componentElement(ctx, app, null, () => page),
    (element) =>
      element instanceof Response ? element : (child) => {
        page = child;
        return element;
      },
  );
}
