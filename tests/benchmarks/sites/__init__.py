"""How long do builds of whole sites take, beside other generators on the same articles?"""
