/*
With what an act is signed, on the command line: `--sign KEY`, or asked on the terminal. A signature made elsewhere is read
from the input, up to its last line.
*/
import {createInterface} from 'node:readline';
import type {SignedWith, ToSign} from '../cutover/ports.ts';
import {safe} from '../text/clean.ts';
import type {Args} from './args.ts';
import {line} from './ask.ts';
import {type Io, onTerminal, tell} from './io.ts';

/** `asked`: the statement is shown, and a signature of it read. Null where no signature was asked for. */
export function signedWith(call: Args): SignedWith | 'asked' | null {
	const key = call.text('sign');
	if (key === null) return null;
	return key === '-' ? 'asked' : {kind: 'file', path: key};
}

/** Lines of the input up to the end of a signature; what there is where the input ends before. */
function pasted(io: Io): Promise<string> {
	const asked = createInterface({input: io.stdin, terminal: false});
	const lines: string[] = [];
	return new Promise(resolve => {
		asked.once('close', () => resolve(lines.join('\n')));
		asked.on('line', text => {
			lines.push(text);
			if (text.includes('END SSH SIGNATURE')) asked.close();
		});
	});
}

async function elsewhere(io: Io, {statement, elsewhere: how}: ToSign): Promise<SignedWith | null> {
	tell(io, safe('Sign this elsewhere, and paste the signature here:'));
	tell(io, safe(how));
	const signature = await pasted(io);
	return signature.trim() === '' ? null : {kind: 'elsewhere', statement, signature};
}

/** Null where nothing was given. */
export async function askSignature(io: Io, asked: ToSign): Promise<SignedWith | null> {
	if (!onTerminal(io)) return elsewhere(io, asked);
	tell(io, safe(`This act is signed. Statement of entry ${asked.entry}: ${asked.statement}`));
	for (const [index, {name, allowed}] of asked.keys.entries())
		tell(io, safe(`  ${index + 1}  agent: ${name}${allowed ? '' : ' (not among the allowed signers)'}`));
	if (asked.noKeys !== null) tell(io, safe(`  ${asked.noKeys}`));
	const number = asked.keys.length === 0 ? '' : 'its number, ';
	const answer = (await line(io, safe(`Sign with ${number}a key file, or - to paste a signature: `)))?.trim() ?? '';
	if (answer === '') return null;
	if (answer === '-') return elsewhere(io, asked);
	const chosen = /^\d+$/.test(answer) ? asked.keys[Number(answer) - 1] : undefined;
	return chosen === undefined ? {kind: 'file', path: answer} : {kind: 'agent', key: chosen.key};
}
