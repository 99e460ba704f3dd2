/**
 * What a terminal sends for the keys that are no characters.
 */
export const keys: Readonly<Record<string, string>> = {
	enter: '\r',
	esc: '\x1b',
	tab: '\t',
	'shift-tab': '\x1b[Z',
	space: ' ',
	backspace: '\x7f',
	delete: '\x1b[3~',
	up: '\x1b[A',
	down: '\x1b[B',
	right: '\x1b[C',
	left: '\x1b[D',
	home: '\x1b[H',
	end: '\x1b[F',
	'page-up': '\x1b[5~',
	'page-down': '\x1b[6~',
	'ctrl-c': '\x03',
	'ctrl-d': '\x04',
	'ctrl-l': '\x0c',
	'ctrl-z': '\x1a',
};
