/*
What a writer asked the system for, whoever listened: strace, or the file system that the writer was bundled with. Paths are
absolute; only what touches the folder of the cutovers is told, and what the writer acknowledged.
*/
import type {Buffer} from 'node:buffer';

export type Call =
	| {readonly call: 'open'; readonly path: string; readonly fd: number; readonly flags: Flags}
	| {readonly call: 'write'; readonly fd: number; readonly bytes: Buffer}
	| {readonly call: 'sync'; readonly fd: number; readonly done: boolean}
	| {readonly call: 'truncate'; readonly fd: number; readonly size: number}
	| {readonly call: 'close'; readonly fd: number}
	| {readonly call: 'rename' | 'link'; readonly from: string; readonly to: string}
	| {readonly call: 'unlink' | 'mkdir'; readonly path: string}
	| {readonly call: 'acknowledge'; readonly what: string};

export type Flags = {readonly create: boolean; readonly truncate: boolean; readonly append: boolean};

/** What a run of the writer left: what it acknowledged, and its calls in order. `code`: 128 + n where signal n ended it. */
export type Run = {
	readonly code: number;
	readonly acknowledged: readonly string[];
	readonly calls: readonly Call[];
	readonly said: string;
};
