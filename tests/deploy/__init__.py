"""What an operator deploys: run by `.ci/deploy`, which brings the tools and builds the manifests."""
