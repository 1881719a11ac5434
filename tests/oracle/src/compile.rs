//! Compiles the contracts of `contracts/src` that need a newer compiler than `starknet-compile` 2.1.

use std::fs;
use std::path::Path;

use anyhow::{anyhow, Result};
use cairo_lang_compiler::db::RootDatabase;
use cairo_lang_compiler::diagnostics::DiagnosticsReporter;
use cairo_lang_compiler::project::setup_project;
use cairo_lang_compiler::CompilerConfig;
use cairo_lang_filesystem::db::init_dev_corelib;
use cairo_lang_filesystem::ids::CrateInput;
use cairo_lang_starknet::compile::compile_contract_in_prepared_db;
use cairo_lang_starknet::starknet_plugin_suite;

/// `corelib`: the folder `src` of the Cairo library of the compiler's version.
pub fn compile(source: &Path, corelib: &Path, out: &Path) -> Result<()> {
    let mut db =
        RootDatabase::builder().with_default_plugin_suite(starknet_plugin_suite()).build()?;
    init_dev_corelib(&mut db, corelib.to_path_buf());
    let inputs = setup_project(&mut db, source)?;
    let config = CompilerConfig {
        replace_ids: false,
        diagnostics_reporter: DiagnosticsReporter::stderr().with_crates(&inputs).allow_warnings(),
        ..CompilerConfig::default()
    };
    let crates = CrateInput::into_crate_ids(&db, inputs);
    let mut class = compile_contract_in_prepared_db(&db, None, crates, config)
        .map_err(|e| anyhow!("{e:?}"))?;
    class.sierra_program_debug_info = None;
    fs::write(out, serde_json::to_string(&class)? + "\n")?;
    Ok(())
}
