"""Tests of logging in: second factors, passkeys, open logins, slowing down."""
