<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- Holds nothing: all parameters are in the phone's own file. It is there so that no phone is counted as guessing. -->
#!version:1.0.0.1
