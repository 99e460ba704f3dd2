/* Certificates of a company's own authority, and servers that show them. */
import {execFileSync, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import type {RequestListener} from 'node:http';
import {createServer} from 'node:https';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, type TestContext} from 'node:test';
import {portOf} from './around.ts';

export const missing =
	spawnSync('openssl', ['version']).status === 0 ? false : 'openssl makes the certificates, and is not here';

const folder = mkdtempSync(join(tmpdir(), 'certificates-'));
after(() => rmSync(folder, {recursive: true}));

export type Certificate = {
	readonly key: Buffer;
	readonly cert: Buffer;
	readonly file: string;
	readonly keyFile: string;
};

const openssl = (args: readonly string[]): void => {
	execFileSync('openssl', args, {cwd: folder, stdio: 'ignore'});
};

const read = (keyFile: string, file: string): Certificate => ({
	key: readFileSync(keyFile),
	cert: readFileSync(file),
	file,
	keyFile,
});

/** A certificate that vouches for itself, for these names. */
export function certificate(name: string, names: string): Certificate {
	const [key, file] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)];
	const words = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=${name}`;
	openssl([...words.split(' '), '-addext', `subjectAltName=${names}`, '-keyout', key, '-out', file]);
	return read(key, file);
}

const settings = (names: string): string => `[ca]
default_ca = own
[own]
database = ${folder}/index.txt
new_certs_dir = ${folder}
rand_serial = yes
default_md = sha256
policy = any
x509_extensions = server
[any]
commonName = supplied
[server]
subjectAltName = ${names}
`;

/** A certificate that the authority signs; dates as openssl has them, `20310308000000Z`. */
export function signedBy(authority: Certificate, name: string, names: string, from: string, to: string): Certificate {
	const [key, request, file, config] = ['key', 'csr', 'pem', 'cnf'].map(end => join(folder, `${name}.${end}`)) as [
		string,
		string,
		string,
		string,
	];
	writeFileSync(join(folder, 'index.txt'), '');
	writeFileSync(config, settings(names));
	const words = `req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=${name}`;
	openssl([...words.split(' '), '-keyout', key, '-out', request]);
	const signing = ['-cert', authority.file, '-keyfile', authority.keyFile, '-in', request, '-out', file];
	openssl(['ca', '-batch', '-notext', '-config', config, ...signing, '-startdate', from, '-enddate', to]);
	return read(key, file);
}

const greeting: RequestListener = ({socket}, response) => {
	response.end('servername' in socket ? String(socket.servername) : '');
};

/** A server that shows the certificate; answers with its port. */
export async function serveTls(
	t: TestContext,
	{key, cert}: Certificate,
	{host = '127.0.0.1', answer = greeting}: {readonly host?: string; readonly answer?: RequestListener} = {},
): Promise<number> {
	const server = createServer({key, cert}, answer);
	server.listen(0, host);
	await once(server, 'listening');
	t.after(() => {
		server.closeAllConnections();
		server.close();
	});
	return portOf(server);
}
