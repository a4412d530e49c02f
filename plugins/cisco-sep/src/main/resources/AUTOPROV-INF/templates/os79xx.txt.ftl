<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- One line, the image that the phone starts: its name has a 0 where that of the load has the letter of the
     protocol. -->
${load?replace("P0S3-", "P003-")}
