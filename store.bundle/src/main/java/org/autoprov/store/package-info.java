// SPDX-License-Identifier: Apache-2.0
/** Keeps core's documents and the audit log in an SQLite file in the data folder. Nothing of it is exported. */
package org.autoprov.store;
