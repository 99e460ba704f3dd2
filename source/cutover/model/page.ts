/* Where the page of a cutover is shown, as the settings say. */

/** Relative to the workspace, or absolute. */
type Path = string;

/** The live page. `listen`: host:port, or unix:PATH. `url`: what its link begins with. `tls`: PEM files. `open`: without a code in the link. */
export type Serve = {
	readonly listen: string;
	readonly url: string | null;
	readonly tls?: {readonly cert: Path; readonly key: Path};
	readonly open?: true;
};

/** Where the page is served unless something else is said. */
export const usualPlace = '127.0.0.1:8440';

/** The same page wherever readers may look: a file, or the standard input of a command line. */
export type Publish = {readonly file?: Path; readonly command?: string};

/**
A proxy signs people in before the page, over a unix socket: the header that holds their mail address, and the name of the environment
variable with what only the proxy knows.
*/
export type HeaderSignIn = {readonly header: string; readonly secret: string};

/**
A provider of OpenID Connect signs people in: its issuer, the name that this page has there, and the name of the environment variable
with its secret. `claim`: which of the provider's claims is somebody's address; absent: `email`, verified.
*/
export type OidcSignIn = {
	readonly oidc: string;
	readonly client: string;
	readonly secret: string;
	readonly claim?: string;
};

export type SignIn = HeaderSignIn | OidcSignIn;

/** Absent where the settings do not ask for it. */
export type PageSettings = {readonly serve?: Serve; readonly publish?: Publish; readonly identity?: SignIn};
