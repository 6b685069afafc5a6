/Small buffers/,/<\/Connector>/d
s/address="127.0.0.1"/address="0.0.0.0"/
