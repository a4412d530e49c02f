// SPDX-License-Identifier: Apache-2.0
/**
 * The way in from outside, a program of its own: needs this jar, the JDK, and jline only when a person types. Nothing
 * here may use OSGi, Gogo or SLF4J.
 */
package org.autoprov.shell.client;
