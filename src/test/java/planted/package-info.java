/** What the rules of {@code ArchitectureTest} forbid, each once: a rule is worth nothing until it has been seen to fail. */
package planted;
