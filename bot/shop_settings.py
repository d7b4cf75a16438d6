"""What the bot's processes read about shops that are asked live (docs/shops.md)."""

from __future__ import annotations

import re

from pydantic import Field, SecretStr, ValidationInfo, field_validator, model_validator

from bot.shop_links import ALL, ShopLinks
from catalog.providers.amazon import BASE as AMAZON
from catalog.providers.amazon import CURRENCIES, TOKEN_URLS, AmazonKeys
from catalog.providers.flipkart import BASE as FLIPKART
from catalog.providers.flipkart import FlipkartKeys
from catalog.providers.registry import Shops
from catalog.providers.shopify import TOKEN_URL, URL, ShopifyCatalog
from catalog.providers.shopify_shop import Shop
from storage.environment import StorageSettings

PROFILE_PATH = "/ucp-agent.json"
"""Where the web chat serves our agent's profile."""

_DOMAIN = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*")


class ShopSettings(StorageSettings):
    """Shops. One that lacks a part of what it needs is an error, one that has nothing is off."""

    public_url: str | None = None
    """Where people reach the web chat; over https its cookie is sent over https only."""
    direct_shops: str = ""
    """Domains whose links in Telegram, Discord and mail are the shop's own and not counted, with commas between;
    * for all. Amazon's and Flipkart's always are.
    """
    amazon_credential_id: str | None = Field(default=None, validation_alias="AMAZON_CREDENTIAL_ID")
    """The id of an associate's credentials for the Creators API."""
    amazon_credential_secret: SecretStr | None = Field(default=None, validation_alias="AMAZON_CREDENTIAL_SECRET")
    """Their secret."""
    amazon_credential_version: str | None = Field(default=None, validation_alias="AMAZON_CREDENTIAL_VERSION")
    """As Amazon shows it beside the credentials: 2.1 to 3.3."""
    amazon_partner_tag: str | None = Field(default=None, validation_alias="AMAZON_PARTNER_TAG")
    """The tag that earns, of this marketplace."""
    amazon_marketplace: str = Field(default="www.amazon.in", validation_alias="AMAZON_MARKETPLACE")
    """Which Amazon is searched."""
    amazon_search_index: str = Field(default="Fashion", validation_alias="AMAZON_SEARCH_INDEX")
    """Which of its departments."""
    amazon_api_base: str = Field(default=AMAZON, validation_alias="AMAZON_API_BASE")
    """Another address of its interface."""
    amazon_token_url: str | None = Field(default=None, validation_alias="AMAZON_TOKEN_URL")
    """Another address that gives tokens than that of the credentials' version."""
    flipkart_affiliate_id: str | None = Field(default=None, validation_alias="FLIPKART_AFFILIATE_ID")
    """The tracking id of a Flipkart affiliate."""
    flipkart_affiliate_token: SecretStr | None = Field(default=None, validation_alias="FLIPKART_AFFILIATE_TOKEN")
    """The affiliate's token."""
    flipkart_api_base: str = Field(default=FLIPKART, validation_alias="FLIPKART_API_BASE")
    """Another address of its interface."""
    shopify_catalog: bool | None = Field(default=None, validation_alias="SHOPIFY_CATALOG")
    """Whether all Shopify shops are searched: what people look for then goes to Shopify. Unset: where it can
    find our agent's profile, without which it answers nobody.
    """
    shopify_catalog_url: str = Field(default=URL, validation_alias="SHOPIFY_CATALOG_URL")
    """Another address of Shopify's catalogue."""
    shopify_agent_profile: str | None = Field(default=None, validation_alias="SHOPIFY_AGENT_PROFILE")
    """Where our agent's profile is, if not at the web chat's public address."""
    shopify_country: str | None = Field(default=None, validation_alias="SHOPIFY_COUNTRY", pattern="^[A-Z]{2}$")
    """The country that prices are meant for, as IN."""
    shopify_currency: str | None = Field(default=None, validation_alias="SHOPIFY_CURRENCY", pattern="^[A-Z]{3}$")
    """The currency of prices, as INR."""
    shopify_client_id: str | None = Field(default=None, validation_alias="SHOPIFY_CLIENT_ID")
    """The id of a key of the Dev Dashboard, with which more may be asked."""
    shopify_client_secret: SecretStr | None = Field(default=None, validation_alias="SHOPIFY_CLIENT_SECRET")
    """The secret of that key."""
    shopify_token_url: str = Field(default=TOKEN_URL, validation_alias="SHOPIFY_TOKEN_URL")
    """Another address that gives tokens for it."""
    shopify_shops: str = Field(default="", validation_alias="SHOPIFY_SHOPS")
    """Domains of single shops, with commas between."""

    @field_validator("shopify_country", "shopify_currency", "shopify_catalog", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("amazon_marketplace")
    @classmethod
    def _is_a_marketplace(cls, value: str) -> str:
        if value not in CURRENCIES:
            raise ValueError(f"it must be one of {', '.join(CURRENCIES)}")
        return value

    @field_validator("shopify_shops", "direct_shops")
    @classmethod
    def _are_domains(cls, value: str, about: ValidationInfo) -> str:
        for domain in _listed(value):
            if (about.field_name, domain) == ("direct_shops", ALL):
                continue
            if not _DOMAIN.fullmatch(domain):
                raise ValueError(f'"{domain[:60]}" is not a domain such as shop.example')
        return value

    @model_validator(mode="after")
    def _whole(self) -> ShopSettings:
        needed: dict[str, list[object]] = {
            "AMAZON": [
                self.amazon_credential_id,
                self.amazon_credential_secret,
                self.amazon_credential_version,
                self.amazon_partner_tag,
            ],
            "FLIPKART": [self.flipkart_affiliate_id, self.flipkart_affiliate_token],
            "SHOPIFY_CLIENT": [self.shopify_client_id, self.shopify_client_secret],
        }
        for shop, parts in needed.items():
            if any(parts) and not all(parts):
                raise ValueError(f"some of the {shop}_* settings are missing; docs/shops.md lists them")
        if self.amazon_credential_version and self.amazon_credential_version not in TOKEN_URLS:
            raise ValueError(f"AMAZON_CREDENTIAL_VERSION must be one of {', '.join(TOKEN_URLS)}")
        if self.shopify_catalog and not self.agent_profile:
            raise ValueError(
                "SHOPIFY_CATALOG needs an https FASHIONCORE_PUBLIC_URL, or SHOPIFY_AGENT_PROFILE: shops fetch it"
            )
        return self

    @property
    def agent_profile(self) -> str | None:
        """Where shops find our agent's profile; None where they cannot."""
        if self.shopify_agent_profile:
            return self.shopify_agent_profile
        public = (self.public_url or "").rstrip("/")
        return f"{public}{PROFILE_PATH}" if public.startswith("https://") else None

    @property
    def shop_links(self) -> ShopLinks:
        """How links to shops are made where they are to be counted."""
        return ShopLinks.of(self.public_url, _listed(self.direct_shops))

    @property
    def shops(self) -> Shops:
        """What is set up."""
        return Shops(
            amazon=self._amazon(), flipkart=self._flipkart(), shopify=self._shopify(), shopify_shops=self._shops()
        )

    def _amazon(self) -> AmazonKeys | None:
        ident, secret, version = (
            self.amazon_credential_id,
            self.amazon_credential_secret,
            self.amazon_credential_version,
        )
        if not ident or not secret or not version or not self.amazon_partner_tag:
            return None
        return AmazonKeys(
            ident,
            secret.get_secret_value(),
            version,
            self.amazon_partner_tag,
            self.amazon_marketplace,
            self.amazon_search_index,
            self.amazon_api_base,
            self.amazon_token_url,
        )

    def _flipkart(self) -> FlipkartKeys | None:
        token = self.flipkart_affiliate_token
        if not self.flipkart_affiliate_id or not token:
            return None
        return FlipkartKeys(self.flipkart_affiliate_id, token.get_secret_value(), self.flipkart_api_base)

    def _shopify(self) -> ShopifyCatalog | None:
        if self.shopify_catalog is False or not self.agent_profile:
            return None
        secret = self.shopify_client_secret
        return ShopifyCatalog(
            self.agent_profile,
            self.shopify_country,
            self.shopify_currency,
            self.shopify_client_id,
            secret.get_secret_value() if secret else None,
            self.shopify_catalog_url,
            self.shopify_token_url,
        )

    def _shops(self) -> tuple[Shop, ...]:
        profile, country, currency = self.agent_profile, self.shopify_country, self.shopify_currency
        return tuple(Shop(domain, profile, country, currency) for domain in _listed(self.shopify_shops))


def _listed(value: str) -> list[str]:
    return [part.strip().lower() for part in value.split(",") if part.strip()]
