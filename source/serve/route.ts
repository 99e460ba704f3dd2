/* What the server answers: a table of routes, each a method, a path and how it is handled. */
import type {ServerResponse} from 'node:http';
import type {Account} from '../cutover/model/person.ts';
import type {Html} from '../page/html.ts';

/** A request that was let in: from this site where it is a POST, for a host that is ours, its body within bounds. */
export type Asked = {
	readonly path: string;
	readonly query: URLSearchParams;
	/** Lower-case names. */
	header(name: string): string | null;
	/** Of the name given; null where there is none. */
	cookie(name: string): string | null;
	/** The fields of a form that was posted; empty for a GET. */
	readonly form: URLSearchParams;
	/** Address that asked; null over a unix socket. */
	readonly from: string | null;
	/** Null where nobody is signed in. */
	readonly account: Account | null;
};

/** `headers` beside those that every answer has; `policy`: what the page may load, where it has a script of its own. */
export type Page = {
	readonly status?: number;
	readonly body: Html | string;
	readonly policy?: string;
	readonly headers?: Readonly<Record<string, string>>;
};

/** Another page, after a POST. */
type Redirect = {readonly location: string; readonly headers?: Readonly<Record<string, string>>};

/** Keeps the connection: the route writes what comes. */
type Stream = {readonly stream: (response: ServerResponse) => void};

export type Answer = Page | Redirect | Stream;

/** A GET is also asked as HEAD, and changes nothing. */
export type Route = {
	readonly method: 'GET' | 'POST';
	readonly path: string;
	/** In the log of the server: never the path, which may hold what is nobody else's business. */
	readonly name: string;
	handle(asked: Asked): Answer | Promise<Answer>;
};
