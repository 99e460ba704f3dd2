/* A small server of SMTP that keeps what it takes, and refuses what it is told to refuse. */
import {once} from 'node:events';
import {type AddressInfo, createServer, type Socket} from 'node:net';
import type {TestContext} from 'node:test';
import {createSecureContext, TLSSocket} from 'node:tls';
import type {Certificate} from '../probes/certificates.ts';

export type Mail = {
	readonly from: string;
	readonly to: readonly string[];
	readonly text: string;
	readonly isSecure: boolean;
	readonly login: string | null;
};

type Rules = {
	/** Answers to a command, `RCPT TO:<bob@example.org>`, in the place of the usual. */
	answer?(command: string): string | null;
	readonly certificate?: Certificate;
	readonly login?: string;
};

/** Takes one connection, line by line. */
function serve(first: Socket, mails: Mail[], {answer, certificate, login}: Rules): void {
	let socket: Socket = first;
	let [from, data, text, given]: [string, boolean, string, string | null] = ['', false, '', null];
	let to: string[] = [];
	const say = (line: string): void => void socket.write(`${line}\r\n`);
	const usual = (line: string): string => {
		const verb = line.slice(0, 4).toUpperCase();
		if (verb === 'EHLO') {
			const offers = [
				...(certificate && !(socket instanceof TLSSocket) ? ['STARTTLS'] : []),
				...(login ? ['AUTH PLAIN'] : []),
				'SIZE 100000',
			];
			return ['mail.test', ...offers]
				.map((each, place) => `250${place === offers.length ? ' ' : '-'}${each}`)
				.join('\r\n');
		}
		if (verb === 'AUTH') {
			const [, user = '', word = ''] = Buffer.from(line.split(' ')[2] ?? '', 'base64')
				.toString()
				.split('\0');
			given = `${user}:${word}`;
			return given === login ? '235 welcome' : '535 5.7.8 who are you';
		}
		if (verb === 'MAIL') {
			[from, to, text] = [/<(.*?)>/.exec(line)?.[1] ?? '', [], ''];
			return login && given !== login ? '530 5.7.0 log in first' : '250 ok';
		}
		if (verb === 'RCPT') {
			to.push(/<(.*?)>/.exec(line)?.[1] ?? '');
			return '250 ok';
		}
		if (verb === 'DATA') {
			data = true;
			return '354 go on';
		}
		return verb === 'QUIT' ? '221 bye' : '250 ok';
	};
	const take = (line: string): void => {
		if (data && line !== '.') {
			text += `${line.replace(/^\./, '')}\n`;
			return;
		}
		if (data) {
			data = false;
			const refusal = answer?.('.') ?? null;
			if (refusal === null) mails.push({from, to, text, isSecure: socket instanceof TLSSocket, login: given});
			say(refusal ?? '250 2.0.0 taken as 4711');
			return;
		}
		const refusal = answer?.(line) ?? null;
		if (refusal !== null) say(refusal);
		else if (/^STARTTLS/i.test(line) && certificate) {
			say('220 go on');
			const {key, cert} = certificate;
			socket.removeAllListeners('data');
			socket = new TLSSocket(socket, {isServer: true, secureContext: createSecureContext({key, cert})});
			listen();
		} else say(usual(line));
	};
	const listen = (): void => {
		let rest = '';
		socket.on('error', () => {});
		socket.on('data', (chunk: Buffer) => {
			const lines = (rest + chunk.toString('latin1')).split('\r\n');
			rest = lines.pop() ?? '';
			for (const line of lines) take(line);
		});
	};
	listen();
	say('220 mail.test ESMTP');
}

export async function mailServer(
	t: TestContext,
	rules: Rules = {},
): Promise<{readonly port: number; readonly mails: readonly Mail[]}> {
	const mails: Mail[] = [];
	const open = new Set<Socket>();
	const server = createServer(socket => {
		open.add(socket);
		serve(socket, mails, rules);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.after(() => {
		for (const socket of open) socket.destroy();
		server.close();
	});
	return {port: (server.address() as AddressInfo).port, mails};
}

/** A header of a mail, its continued lines joined; empty where it has none. */
export const headerOf = ({text}: Mail, name: string): string =>
	new RegExp(`^${name}: (.*(?:\\n[ \\t].*)*)`, 'im')
		.exec(text.split('\n\n')[0] ?? '')?.[1]
		?.replaceAll(/\n\s+/g, ' ') ?? '';
