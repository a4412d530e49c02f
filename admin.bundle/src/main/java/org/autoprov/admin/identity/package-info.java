// SPDX-License-Identifier: Apache-2.0
/** Lets callers in by the word of an external identity service with the wazo-auth 0.1 API. */
package org.autoprov.admin.identity;
