/** One violation of each rule of {@code ArchitectureTest}, which verifies that the rule detects it. */
package planted;
