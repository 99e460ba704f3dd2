/*
Lends playbooks the packages of this program, from whatever folder they run: no node_modules is needed beside them, and
there is one instance of each, the one that is set up here. Anything else that is neither Node's own nor approved with
the playbook is refused with a sentence.
*/
import {realpathSync} from 'node:fs';
import {registerHooks} from 'node:module';
import {fileURLToPath} from 'node:url';
import type {Path} from '../../cutover/model/runbook.ts';
import * as playbook from './playbook.ts';

type Namespace = Readonly<Record<string, unknown>>;

const scheme = 'lent:';
const shelf = Symbol.for('cutover-tui lends');
const identifier = /^[A-Za-z_$][\w$]*$/;

/** Source of a module that has what the namespace has. */
function sourceOf(name: string, namespace: Namespace): string {
	const own = Object.keys(namespace).filter(key => identifier.test(key) && key !== 'default');
	const from = `globalThis[Symbol.for('cutover-tui lends')][${JSON.stringify(name)}]`;
	const exported = own.map(key => `const ${key}_ = lent.${key}; export {${key}_ as ${key}};`);
	const standard = 'default' in namespace ? ['export default lent.default;'] : [];
	return [`const lent = ${from};`, ...exported, ...standard].join('\n');
}

/** `date-fns/addDays` and the like, where `date-fns` is lent: the one function, by name and as default. */
function partOf(name: string, lent: Readonly<Record<string, Namespace>>): Namespace | null {
	const [, whole = '', part = ''] = /^(date-fns)\/(\w+)$/.exec(name) ?? [];
	const found = lent[whole]?.[part];
	return found === undefined ? null : {[part]: found, default: found};
}

const globals = (zx: Namespace): Namespace => {
	Object.assign(globalThis, zx);
	return {};
};

/**
 * Answers with how to take it back. Everything under `copies` (the folder of approved copies) may import what is `lent`, Node's own modules, and what lies
 * beside it there.
 */
export function provideModules(copies: Path, lent: Readonly<Record<string, Namespace>>): () => void {
	const all: Record<string, Namespace> = {'cutover-tui/playbook': playbook, ...lent};
	Object.defineProperty(globalThis, shelf, {value: all, configurable: true});
	const find = (name: string): Namespace | null => {
		if (name === 'zx/globals' && all['zx']) all[name] ??= globals(all['zx']);
		const namespace = all[name] ?? partOf(name, all);
		if (namespace !== null) all[name] = namespace;
		return namespace;
	};
	// Node names modules by their real paths.
	const real = realpathSync(copies);
	const isCopy = (url: string | undefined): boolean =>
		url?.startsWith('file:') === true && fileURLToPath(url).startsWith(`${real}/`);
	const hooks = registerHooks({
		resolve(specifier, context, next) {
			if (!isCopy(context.parentURL)) return next(specifier, context);
			if (find(specifier) !== null) return {url: `${scheme}${specifier}`, format: 'module', shortCircuit: true};
			if (specifier.startsWith('node:')) return next(specifier, context);
			const refused = new Error(
				`The playbook imports "${specifier}", which was not approved with it. It may import cutover-tui/playbook, zx, date-fns, Node's own modules (node:…), and files that are approved.`,
			);
			try {
				const found = next(specifier, context);
				if (isCopy(found.url) || found.url.startsWith('node:')) return found;
			} catch {
				throw refused;
			}
			throw refused;
		},
		load(url, context, next) {
			if (!url.startsWith(scheme)) return next(url, context);
			const name = url.slice(scheme.length);
			return {format: 'module', source: sourceOf(name, all[name] ?? {}), shortCircuit: true};
		},
	});
	return () => hooks.deregister();
}
