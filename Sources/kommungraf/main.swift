print("kommungraf")
