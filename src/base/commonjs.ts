/**
 * What a package in CommonJS exports: bundled, its exports come as the default export alone.
 *
 * @param module What `import()` gave.
 */
export function exportsOf<Module extends object>(module: Module): Module {
  return "default" in module ? module.default as Module : module;
}
