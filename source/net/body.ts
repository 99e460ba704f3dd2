/*
The body of an answer, as much of it as somebody wants to know: decompressed, whatever was asked for (a cache or a gateway
compresses by itself), and as text by the charset that it says.
*/
import type {IncomingMessage} from 'node:http';
import type {Transform} from 'node:stream';
import {
	constants,
	createBrotliDecompress,
	createGunzip,
	createInflate,
	createInflateRaw,
	createZstdDecompress,
} from 'node:zlib';
import {coded} from './limit.ts';

/**
`all`: a body longer than `bytes` is an error. `end`: the last `bytes` of a longer one, from the beginning of a line on.
`start`: the first `bytes`, read no further than `enough`, and only of an answer whose status is `wanted`: a body that
drips for ever then costs nothing, and one that breaks off after what was sought is as good as a whole one.
*/
export type Keep = {readonly bytes: number} & (
	| {readonly part: 'all' | 'end'}
	| {readonly part: 'start'; wanted(status: number): boolean; enough(text: string): boolean}
);

const lineEnd = 0x0a;

// A stream that was cut off still gives what came of it.
const flush = {finishFlush: constants.Z_SYNC_FLUSH} as const;

const isZlib = (first = 0, second = 0): boolean => (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;

/** What decompresses a body, by its header and its first bytes: some gateways decompress it and leave the header. */
function decompressor(encoding: string, [first, second]: Buffer) {
	const isGzip = first === 0x1f && second === 0x8b;
	if (/^(?:x-)?gzip$/.test(encoding)) return isGzip ? createGunzip(flush) : null;
	if (encoding === 'deflate') return isZlib(first, second) ? createInflate(flush) : createInflateRaw(flush);
	if (encoding === 'br') return createBrotliDecompress({finishFlush: constants.BROTLI_OPERATION_FLUSH});
	if (encoding === 'zstd') return createZstdDecompress({finishFlush: constants.ZSTD_e_flush});
	return null;
}

const charsetIn = (text: string): string | undefined => /charset\s*=\s*["']?([\w.:-]+)/i.exec(text)?.[1];

/** By the mark at its beginning, its header, or what it says of itself as XML and HTML do; UTF-8 unless one says. */
function decoderFor(header: string, first: Buffer): TextDecoder {
	const head = first.toString('latin1', 0, 1024);
	const mark = /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/.exec(head)?.[0];
	const marked = mark === undefined ? undefined : ({'\xff\xfe': 'utf-16le', '\xfe\xff': 'utf-16be'}[mark] ?? 'utf-8');
	const named =
		/<\?xml[^>]*\bencoding=["']([\w.-]+)/i.exec(head)?.[1] ??
		(/<meta\b[^>]*>/i.test(head) ? charsetIn(head) : undefined);
	try {
		return new TextDecoder(marked ?? charsetIn(header) ?? named ?? 'utf-8');
	} catch {
		return new TextDecoder();
	}
}

type Collector = {
	/** Throws where too much came. */
	add(chunk: Buffer): void;
	isEnough(): boolean;
	text(): string;
};

function wholeOf({part, bytes}: Keep): Collector {
	const chunks: Buffer[] = [];
	let held = 0;
	return {
		add(chunk) {
			chunks.push(chunk);
			held += chunk.length;
			if (part === 'all' && held > bytes) throw coded('ERR_TOO_LONG', `the answer is longer than ${bytes} bytes`);
			// One chunk more than is kept, so that a longer body is seen as longer.
			while (held - (chunks[0]?.length ?? 0) > bytes) held -= chunks.shift()?.length ?? 0;
		},
		isEnough: () => false,
		text() {
			const all = Buffer.concat(chunks);
			if (all.length <= bytes) return all.toString();
			const end = all.subarray(all.length - bytes);
			return end.toString('utf8', end.indexOf(lineEnd) + 1);
		},
	};
}

function startOf({bytes, enough}: Extract<Keep, {part: 'start'}>, header: string): Collector {
	let decoder: TextDecoder | null = null;
	let left = bytes;
	let text = '';
	return {
		add(chunk) {
			decoder ??= decoderFor(header, chunk);
			text += decoder.decode(chunk.subarray(0, left), {stream: true});
			left -= Math.min(left, chunk.length);
		},
		isEnough: () => left === 0 || enough(text),
		text: () => text + (decoder?.decode() ?? ''),
	};
}

type Sink = {write(chunk: Buffer): void; end(): void};

/** Undoes the codings of a body, the outermost first, into `sink`. What decompresses is added to `streams`. */
function undoing(
	[coding, ...inner]: readonly string[],
	sink: Sink,
	streams: Transform[],
	fail: (error: Error) => void,
): Sink {
	if (coding === undefined) return sink;
	const next = undoing(inner, sink, streams, fail);
	let first = Buffer.alloc(0);
	let into: Sink | undefined;
	const begin = (): Sink => {
		const stream = first.length === 0 ? null : decompressor(coding, first);
		into = stream === null ? next : {write: chunk => stream.write(chunk), end: () => stream.end()};
		if (stream !== null) streams.push(stream);
		stream?.on('data', next.write).once('end', next.end);
		stream?.once('error', () => fail(coded('ERR_ENCODING', `body is not ${coding}, as its header says`)));
		into.write(first);
		return into;
	};
	return {
		write(chunk) {
			if (into !== undefined) return into.write(chunk);
			// It takes two bytes to tell what they are, and they may come one by one.
			first = Buffer.concat([first, chunk]);
			if (first.length > 1) begin();
		},
		end: () => (into ?? begin()).end(),
	};
}

/** Rejects where the connection ends before the body, or where it cannot be read. */
export const bodyOf = (response: IncomingMessage, keep: Keep): Promise<string> =>
	new Promise((done, fail) => {
		const {statusCode = 0, headers} = response;
		const collector = keep.part === 'start' ? startOf(keep, headers['content-type'] ?? '') : wholeOf(keep);
		if (keep.part === 'start' && !keep.wanted(statusCode)) return done('');
		if (collector.isEnough()) return done('');
		const codings = (headers['content-encoding'] ?? '')
			.toLowerCase()
			.split(',')
			.map(coding => coding.trim());
		const streams: Transform[] = [];
		let cut: Error | null = null;
		const end = (): void => {
			for (const stream of streams) stream.destroy();
			if (cut === null || collector.isEnough()) done(collector.text());
			else fail(cut);
		};
		const take = (chunk: Buffer): void => {
			try {
				collector.add(chunk);
				if (collector.isEnough()) end();
			} catch (error) {
				fail(error);
			}
		};
		const body = undoing(codings.toReversed(), {write: take, end}, streams, fail);
		response.on('data', (chunk: Buffer) => body.write(chunk));
		const over = (error: Error | null): void => {
			cut = error;
			body.end();
		};
		response.once('end', () => over(null));
		response.once('error', over);
	});
