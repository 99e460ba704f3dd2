/*
Names of the environment that a runbook never sets: they choose which program, library, agent or configuration a script gets,
and so what runs. An input of such a name is left out. Families are named whole only where no input is usually called so:
git_ref, node_version, ssh_host and env are honest inputs.
*/
const names = [
	'PATH|HOME|SHELL|TMPDIR|IFS|CDPATH|GLOBIGNORE|SHELLOPTS|BASHOPTS|PS[0-4]|PROMPT_COMMAND|EDITOR|VISUAL|(?:MAN)?PAGER|BROWSER',
	'LESSOPEN|LESSCLOSE|HOSTALIASES|RES_OPTIONS|LOCPATH|NLSPATH|TZDIR|GCONV_PATH|TERMINFO(?:_DIRS)?',
	'SSH_(?:AUTH_SOCK|AGENT_PID|ASKPASS(?:_REQUIRE)?|CONNECTION|CLIENT|TTY|USER_AUTH|ORIGINAL_COMMAND)|SUDO_ASKPASS',
	'NODE_(?:OPTIONS|PATH|EXTRA_CA_CERTS|TLS_REJECT_UNAUTHORIZED|V8_COVERAGE|REPL_.*)|(?:BUN|DENO)_(?:OPTIONS|INSTALL|DIR|CERT)',
	'PYTHON(?:PATH|HOME|STARTUP|INSPECT|USERBASE|BREAKPOINT|WARNINGS|EXECUTABLE|PLATLIBDIR|PYCACHEPREFIX)|PERL5.*|PERLLIB',
	'RUBY(?:OPT|LIB|PATH|SHELL)|GEM_(?:HOME|PATH)|BUNDLE_(?:GEMFILE|PATH|BIN_PATH)|LUA_(?:C?PATH|INIT).*|PHPRC|PHP_INI_SCAN_DIR',
	'CLASSPATH|_JAVA_OPTIONS|(?:JAVA_TOOL|JDK_JAVA)_OPTIONS|(?:GNU)?MAKEFLAGS|MFLAGS|MAKEFILES|CURL_HOME|WGETRC',
	'GIT_(?:SSH|SSH_COMMAND|EXEC_PATH|CONFIG.*|DIR|WORK_TREE|EDITOR|SEQUENCE_EDITOR|PAGER|EXTERNAL_DIFF|ASKPASS|TEMPLATE_DIR|PROXY_COMMAND)',
	'SSL_CERT_(?:FILE|DIR)|(?:HTTPS?|ALL|NO|FTP)_PROXY|DOCKER_(?:HOST|CONFIG|CONTEXT)',
	'CUTOVER_(?:ATTEMPT|GATE|SCRIBE|SECRETS|REHEARSAL)',
];
const families = ['BASH_', 'LD_', 'DYLD_', 'ZX_', 'MALLOC_', 'GLIBC_', 'NPM_CONFIG_'];

export const neverSet = new RegExp(`^(?:${names.join('|')}|(?:${families.join('|')}).*)$`, 'i');

/** A person's agent, and what changes how Node and zx themselves run: no command gets them, whoever names them. */
export const neverPassed = /^(?:SSH_AUTH_SOCK|NODE_OPTIONS|ZX_.*)$/;
