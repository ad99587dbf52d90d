// @ts-check
'use strict';
const { RuntimeError } = require('./errors.cjs');

const { existsSync, readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

// As on Lambda, where "Require stack" of an error message ends with this file.
const requireForFunction = createRequire(path.join(__dirname, 'index.mjs'));

/**
 * Finds the function that a handler string such as `dir/file.export.nested` names.
 * @param {string} taskRoot
 * @param {string} handler
 * @returns {Promise<Function>}
 * @throws {RuntimeError} and whatever the module throws while it is loaded
 */
async function loadHandler(taskRoot, handler) {
  if (handler.includes('..')) {
    throw new RuntimeError(
      'Runtime.MalformedHandlerName',
      `'${handler}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  }
  const base = path.posix.basename(handler);
  const directory = handler.slice(0, handler.indexOf(base));
  const dot = base.indexOf('.');
  if (dot === -1) throw new RuntimeError('Runtime.MalformedHandlerName', 'Bad handler');

  const loaded = await loadModule(taskRoot, directory, base.slice(0, dot));
  /** @type {any} */
  let found = loaded;
  for (const member of base.slice(dot + 1).split('.')) found = found?.[member];
  if (!found) throw new RuntimeError('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  if (typeof found !== 'function') {
    throw new RuntimeError('Runtime.HandlerNotFound', `${handler} is not a function`);
  }
  return found;
}

/**
 * @param {string} taskRoot
 * @param {string} directory
 * @param {string} name
 */
async function loadModule(taskRoot, directory, name) {
  try {
    const file = findFile(path.resolve(taskRoot, directory, name));
    if (file?.isModule) return await import(pathToFileURL(file.path).href);
    const found = file?.path ?? requireForFunction.resolve(name, { paths: [taskRoot, directory] });
    return requireForFunction(found);
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new RuntimeError('Runtime.UserCodeSyntaxError', String(error), error.stack);
    }
    if (/** @type {any} */ (error)?.code === 'MODULE_NOT_FOUND') {
      throw new RuntimeError('Runtime.ImportModuleError', String(error));
    }
    throw error;
  }
}

/**
 * Lambda's order: the exact path, .js, .mjs, .cjs. Null leaves it to Node.js' own resolution.
 * @param {string} base
 */
function findFile(base) {
  const isModulePackage = nearestPackageType(path.dirname(base)) === 'module';
  const candidates = [
    { path: base, isModule: false },
    { path: `${base}.js`, isModule: isModulePackage },
    { path: `${base}.mjs`, isModule: true },
    { path: `${base}.cjs`, isModule: false },
  ];
  return candidates.find((candidate) => existsSync(candidate.path)) ?? null;
}

/**
 * @param {string} directory
 * @returns {unknown} `type` of the package.json that governs the directory
 */
function nearestPackageType(directory) {
  if (path.basename(directory) === 'node_modules') return undefined;
  const file = path.join(directory, 'package.json');
  if (existsSync(file)) {
    try {
      return JSON.parse(readFileSync(file, 'utf8'))?.type;
    } catch (error) {
      console.warn(`${file} cannot be read, it will be ignored for ES module detection purposes.`, error);
      return undefined;
    }
  }
  return directory === '/' ? undefined : nearestPackageType(path.dirname(directory));
}

module.exports = { loadHandler };
