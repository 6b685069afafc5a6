/**
 * An application beside Veche, as its users write them: ships orders, and publishes that in the same transaction. It
 * knows the jar {@code veche-api} only.
 */
package shop;
